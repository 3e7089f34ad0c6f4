# Gateway and page:
#   docker build -t gateway .
#   docker run --read-only -p 8000:8000 -e OPENAI_API_KEY=… -e GATEWAY_TOKEN=… gateway
# Configured by environment variables. It writes no files except to STATE_DIR.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN backend/image/assemble /opt/gateway

FROM debian:trixie-slim
# Layers that rarely change come first, so that a new version of the gateway is a small upload.
COPY --from=build /opt/gateway/java /opt/gateway/java
COPY --from=build /opt/gateway/lib /opt/gateway/lib
COPY --from=build /opt/gateway/gateway.* /opt/gateway/sbom.json /opt/gateway/
WORKDIR /opt/gateway
USER 65532:65532
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${PORT:-8000} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q 200"]
# Exec form without a shell, so that Java receives SIGTERM.
CMD ["java/bin/java", "@gateway.options"]
