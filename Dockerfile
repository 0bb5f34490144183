# syntax=docker/dockerfile:1
# The bot for a server: Slack over HTTP or Socket Mode. Without the sandbox, which is for trying it on a laptop.

FROM python:3.11-slim-bookworm AS builder
# Such as "--extra traces --extra llm".
ARG EXTRAS=""
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=0
WORKDIR /source
COPY pyproject.toml uv.lock README.md LICENSE manifest.yml ./
RUN uv export --locked --no-dev $EXTRAS --no-emit-project --prune nicegui --prune fastapi --prune uvicorn --output-file needed.txt \
    && uv venv /app \
    && uv pip install --python /app/bin/python --require-hashes --requirements needed.txt
COPY core core
COPY bot bot
RUN uv pip install --python /app/bin/python --no-deps . \
    && rm -r /app/lib/python3.11/site-packages/bot/sandbox \
    && find /app -type d -name tests -prune -exec rm -r {} +

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home bot && install --directory --owner=bot /data
COPY --from=builder /app /app
# Nothing is written but to /data, and to /tmp, so that the rest may be read-only.
ENV PATH=/app/bin:$PATH PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp/matplotlib \
    DATABASE_URL=sqlite:////data/tune-or-prompt.db
USER 10001
WORKDIR /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/livez', timeout=2)"]
ENTRYPOINT ["tune-or-prompt"]
CMD ["run", "--http", "--host", "0.0.0.0"]
