// SPDX-License-Identifier: Apache-2.0
// Standard input has a JSON list of [base64 of a file, environment]; the answer is a list of what the dialect that the
// first argument names makes of each: {key: base64 of the value}, or null where the file is refused. What would run a
// command has the text EXECUTES in place of what it prints.
'use strict'
require('child_process').execSync = () => Buffer.from('EXECUTES')

const readers = {
  'motdotla': text => require('dotenv').parse(text),
  'motdotla-fast': text => require('dotenv').parse(text, { fast: true }),
  'dotenvx': (text, environment) => require('@dotenvx/dotenvx').parse(text, { processEnv: environment }),
  'node': text => require('util').parseEnv(text)
}

const read = readers[process.argv[2]]
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const answers = cases.map(([file, environment]) => {
  const values = Object.entries(read(Buffer.from(file, 'base64').toString('utf8'), environment))
  return Object.fromEntries(values.map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
})
process.stdout.write(JSON.stringify(answers))
