# SPDX-License-Identifier: Apache-2.0
"""As javascript.js, for python-dotenv. A key without a value has null."""
import base64
import json
import logging
import os
import sys
import tempfile

import dotenv

logging.disable(logging.CRITICAL)


def read(text, environment):
    os.environ.clear()
    os.environ.update(environment)
    with tempfile.NamedTemporaryFile() as file:
        file.write(text)
        file.flush()
        try:
            values = dotenv.dotenv_values(file.name, encoding="utf-8")
        except UnicodeDecodeError:
            return None
    return {key: None if value is None else base64.b64encode(value.encode()).decode() for key, value in values.items()}


print(json.dumps([read(base64.b64decode(text), environment) for text, environment in json.load(sys.stdin)]))
