// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "absl-py accelerate adal aiobotocore aiofile aiofiles aiogram aiohttp aioredis aiosignal alembic altair amqp "
    "ansible ansible-core anthropic anyio apache-airflow appdirs apscheduler aresponses argon2-cffi arrow astroid "
    "asttokens astunparse async-timeout asyncpg atlassian-python-api attrs authlib autopep8 avro awscli azure-common "
    "azure-core azure-identity azure-storage-blob babel backcall backoff bandit base58 bcrypt beautifulsoup4 billiard "
    "bitcoinlib bitsandbytes black blinker bokeh boltons boto boto3 botocore bottle bottleneck bpython bs4 build "
    "cached-property cachetools cassandra-driver catboost cattrs cchardet ccxt celery certifi cffi cfgv chardet "
    "charset-normalizer cherrypy chromadb click clickhouse-driver cloudpickle cohere colorama configparser "
    "confluent-kafka contourpy coverage cryptography cssselect cssselect2 ctransformers customtkinter cx-freeze "
    "cx-oracle cycler cython cytoolz dagster dash dask dataclasses dataclasses-json dataset datasets dateparser "
    "dbt-core ddtrace debugpy decorator defusedxml deprecated diffusers dill discord discord-py distlib distributed "
    "django django-allauth django-cors-headers django-debug-toolbar django-environ django-extensions django-filer "
    "django-filter djangorestframework djongo dlib dnspython docker docker-compose docopt docutils duckdb ecdsa "
    "editdistance einops elasticsearch elasticsearch5 elasticsearch6 elasticsearch7 elasticsearch8 elasticsearch9 "
    "enum34 environs eth-account eth-utils eventlet executing fabric fabric2 face-recognition factory-boy faiss-cpu "
    "faiss-gpu faker falcon fastai fastapi fastparquet feedparser filelock fiona fire flake8 flask flask-cors "
    "flask-jwt-extended flask-login flask-migrate flask-restful flask-sqlalchemy flask-wtf flax flit-core folium "
    "fonttools fpdf freezegun frozenlist fsspec funcy future futures fuzzywuzzy gast gcsfs gensim geopandas gevent "
    "gitdb gitpython google-api-core google-api-python-client google-auth google-auth-oauthlib google-cloud-bigquery "
    "google-cloud-core google-cloud-storage googleapis-common-protos gputil gradio grapheme graphene graphql-core "
    "greenlet grequests grpcio grpcio-status grpcio-tools gsutil gtts gunicorn gym gymnasium h11 h2 h5py hatchling "
    "hiredis hpack html5lib httpcore httplib2 httptools httpx huggingface-hub humanize hypercorn hyperframe hypothesis "
    "identify idna imageio impacket importlib-metadata importlib-resources imutils influxdb-client iniconfig invoke "
    "ipaddress ipykernel ipytest ipython ipywidgets isort itables itsdangerous jax jaxlib jedi jeepney jellyfish "
    "jinja2 jira jmespath joblib jsonschema jupyter jupyter-client jupyter-core jupyter-server jupyterlab kafka-python "
    "keras keyring kivy kiwisolver kombu kubernetes langchain langchain-community langchain-core langchain-openai "
    "lazy-object-proxy levenshtein librosa lightgbm lightning litellm llama-index llvmlite localstack loguru luigi "
    "lxml mako markdown markdown-it-py markdown2 markupsafe marshmallow marshmallow-sqlalchemy matplotlib "
    "matplotlib-inline mccabe mcp mdurl mechanize mediapipe mistune mkdocs mkdocs-material mlflow mnemonic mock "
    "more-itertools moto motor moviepy msal msgpack msrest multidict mypy mypy-extensions mysql-connector "
    "mysql-connector-python mysqlclient nbclient nbconvert nbformat ncclient neo4j netaddr networkx newrelic ngboost "
    "nltk nodeenv nose notebook nox numba numexpr numpy oauthlib ollama onnx onnxruntime openai opencv-contrib-python "
    "opencv-python opencv-python-headless openpyxl opentelemetry-api opentelemetry-sdk opt-einsum optuna oracledb "
    "orjson packaging paho-mqtt pandas paramiko parso passlib pathlib pathlib2 pathspec patsy pbr pdfminer-six peewee "
    "peft pendulum persistent pexpect pickleshare pika pillow pinecone-client pip pipenv platformdirs playwright "
    "plotly pluggy poetry poetry-core polars praw pre-commit prefect prettytable prometheus-client prompt-toolkit "
    "proto-plus protobuf psutil psycopg psycopg-binary psycopg2 psycopg2-binary ptyprocess pulumi pure-eval py pyaml "
    "pyarrow pyasn1 pyasn1-modules pyaudio pyautogui pycodestyle pycparser pycrypto pycryptodome pycryptodomex "
    "pydantic pydantic-core pydantic-settings pydub pyflakes pygame pygithub pyglet pygments pyinstaller pyjwt pylint "
    "pymongo pymssql pymupdf pymupdfb pymysql pynacl pynput pyodbc pyopenssl pyparsing pypdf pypdf2 pyperclip "
    "pyppeteer pyproj pyqt5 pyqt6 pyramid pyright pyrogram pyrsistent pyserial pyside2 pyside6 pysocks "
    "pytelegrambotapi pytest pytest-asyncio pytest-cov pytest-django pytest-mock pytest-timeout pytest-timeouts "
    "pytest-xdist python-binance python-dateutil python-decouple python-docx python-dotenv python-engineio "
    "python-gitlab python-jose python-json-logger python-levenshtein python-nmap python-pptx python-slugify "
    "python-socketio python-telegram-bot pytorch-lightning pyttsx3 pytube pytz pyusb pywin32 pyyaml pyzmq qrcode "
    "rapidfuzz rasterio ratelimit ray redis regex reportlab requests requests-oauthlib responses retry retrying "
    "retworkx rfc3986 rich rsa ruamel-yaml ruff s3fs s3transfer safetensors sanic scapy schedule scheduler "
    "scikit-image scikit-learn scipy scrapy scrypt seaborn secretstorage selenium semantic-version semver sendgrid "
    "sentence-transformers sentry-sdk setuptools sh shapely shopifyapi simplejson six sklearn slack-sdk slackclient "
    "smmap sniffio snowflake-connector-python solana sortedcontainers sounddevice soundfile soupsieve spacy "
    "speechrecognition sphinx sphinx-rtd-theme spython sqlalchemy sqlmodel stack-data starlette statsd statsmodels "
    "stevedore stomp-py strawberry-graphql streamlit stripe structlog sympy tables tabulate telethon tenacity "
    "tensorboard tensorboardx tensorflow tensorflow-cpu tensorflow-gpu termcolor terminado text-unidecode textblob "
    "textual threadpoolctl thrift tiktoken timm tokenizers toml tomli tomlkit toolz torch torchaudio torchvision "
    "tornado tortoise-orm tox tqdm traitlets transformers trio triton tweepy twilio twine twisted typer typing "
    "typing-extensions tzdata tzlocal ujson ultralytics unicorn unidecode unittest2 uri-template uritemplate urllib3 "
    "uvicorn uvloop vcrpy vine virtualenv vllm wandb watchdog watchfiles wcwidth weasyprint web3 webdriver-manager "
    "websocket-client websockets werkzeug wheel willow wrapt wxpython xarray xgboost xlrd xlsxwriter xlwt xmltodict "
    "yapf yarl youtube-dl yt-dlp zipp zope-event zope-interface";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_pypi = names;

}  // namespace sluice::deps
