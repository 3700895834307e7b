# Built in one stage, run in another: the image has no compiler, no package cache and no test tool.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/depeche
COPY requirements.lock /build/
RUN /opt/depeche/bin/pip install --require-hashes -r /build/requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/depeche/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/depeche.db \
    OPS_ADDRESS=0.0.0.0:8080 \
    LOG_FORMAT=json
RUN useradd --system --uid 10001 --home-dir /data --create-home depeche
COPY --from=build /opt/depeche /opt/depeche
COPY pyproject.toml README.md LICENSE feeds.yaml /app/
COPY bot /app/bot
WORKDIR /app
USER depeche
VOLUME /data
EXPOSE 8080
# Everything it writes is below /data, so the root file system may be read-only:
#   docker run --read-only --tmpfs /tmp -v depeche:/data --env-file .env depeche
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
