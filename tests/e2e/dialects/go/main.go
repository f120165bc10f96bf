// SPDX-License-Identifier: Apache-2.0
//
// As javascript.js beside it, for the three readers in Go that the first argument names.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/docker/cli/pkg/kvfile"
	"github.com/joho/godotenv"
	"github.com/sirupsen/logrus"
)

type environment map[string]string

func (e environment) lookUp(key string) (string, bool) {
	value, ok := e[key]
	return value, ok
}

func readDocker(text []byte, outer environment) (map[string]string, error) {
	lines, err := kvfile.ParseFromReader(bytes.NewReader(text), outer.lookUp)
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, line := range lines {
		key, value, _ := strings.Cut(line, "=")
		values[key] = value
	}
	return values, nil
}

func read(dialect string, text []byte, outer environment) (map[string]string, error) {
	switch dialect {
	case "godotenv":
		return godotenv.Parse(bytes.NewReader(text))
	case "compose":
		return dotenv.ParseWithLookup(bytes.NewReader(text), outer.lookUp)
	case "docker":
		return readDocker(text, outer)
	}
	return nil, fmt.Errorf("%s: no such dialect", dialect)
}

func main() {
	logrus.SetOutput(io.Discard)
	var cases [][2]json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		log.Fatal(err)
	}
	answers := make([]map[string]string, len(cases))
	for i, each := range cases {
		var encoded string
		var outer environment
		if json.Unmarshal(each[0], &encoded) != nil || json.Unmarshal(each[1], &outer) != nil {
			log.Fatal("not a case")
		}
		text, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			log.Fatal(err)
		}
		values, err := read(os.Args[1], text, outer)
		if err != nil {
			continue
		}
		answers[i] = map[string]string{}
		for key, value := range values {
			answers[i][key] = base64.StdEncoding.EncodeToString([]byte(value))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}
