package dev.minimalchat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The compared gateways, each configured as its documentation recommends, with one process.
final class Peers {
  private static final Path PROJECT = Path.of(System.getProperty("bench.project")).normalize();
  private static final Path FILES = PROJECT.resolve("bench/gateways/src/main/peers");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String UNLIMITED = "1000000";

  private final String provider;
  private final int providerPort;
  private final String redis;
  private final Path work;

  /// @param redis its URL
  Peers(int providerPort, String redis, Path work) {
    this.provider = "http://127.0.0.1:" + providerPort + "/v1";
    this.providerPort = providerPort;
    this.redis = redis;
    this.work = work;
  }

  List<Gateway> all() throws IOException {
    return List.of(ours(), shared(), nginx(), plainJava(), fastApi(), portkey());
  }

  /// The contents of the image, with limits, log and page enabled.
  private Gateway ours() {
    return image("ours", Map.of(), "");
  }

  /// The same with shared limits and answers that can be resumed at another instance.
  private Gateway shared() {
    return image("ours, Redis, resume", Map.of("REDIS_URL", redis), "Resume-Key: {key}\r\n");
  }

  private Gateway image(String name, Map<String, String> settings, String headers) {
    Path image = PROJECT.resolve("bench/gateways/target/image");
    String start = "cd " + image + " && exec java/bin/java -XX:MaxRAM={memory} @gateway.options";
    Map<String, String> environment = new HashMap<>(settings);
    environment.putAll(
        Map.of(
            "PORT",
            "{port}",
            "MANAGEMENT_PORT",
            "{management port}",
            "OPENAI_API_KEY",
            "bench-provider-key",
            "OPENAI_API_BASE",
            provider,
            "GATEWAY_TOKEN",
            "bench",
            "RATE_LIMIT_PER_MINUTE",
            UNLIMITED,
            "MAX_STREAMS_PER_CLIENT",
            UNLIMITED,
            "MAX_STREAMS",
            UNLIMITED));
    return new Gateway(
        name,
        List.of("sh", "-c", start),
        environment,
        "/health",
        "/v1/chat",
        "Authorization: Bearer bench\r\n" + headers,
        false);
  }

  private Gateway nginx() throws IOException {
    Path folder = Files.createDirectories(work.resolve("nginx"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        Files.readString(FILES.resolve("nginx.conf"))
            .replace("PROVIDER", String.valueOf(providerPort)));
    String start = "sed s/PORT/$0/ nginx.conf > running.conf && exec nginx -p . -c running.conf";
    return new Gateway(
        "nginx",
        List.of("sh", "-c", "cd " + folder + " && " + start, "{port}"),
        Map.of(),
        "/health",
        "/v1/responses",
        "",
        true);
  }

  private Gateway plainJava() {
    return new Gateway(
        "plain",
        List.of(
            JAVA,
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            PlainRelay.class.getName()),
        Map.of(
            "PROVIDER",
            provider,
            "SERVER_PORT",
            "{port}",
            "SERVER_TOMCAT_MAX_CONNECTIONS",
            UNLIMITED),
        "/health",
        "/v1/chat",
        "",
        false);
  }

  private Gateway fastApi() {
    return new Gateway(
        "FastAPI",
        List.of(
            "/usr/bin/python3",
            "-m",
            "uvicorn",
            "relay:app",
            "--app-dir",
            FILES.toString(),
            "--port",
            "{port}",
            "--loop",
            "uvloop",
            "--http",
            "httptools",
            "--no-access-log",
            "--log-level",
            "warning"),
        Map.of("PROVIDER", provider),
        "/health",
        "/v1/chat",
        "",
        false);
  }

  private Gateway portkey() {
    return new Gateway(
        "Portkey",
        List.of(
            "node",
            FILES
                .resolve("portkey/node_modules/@portkey-ai/gateway/build/start-server.js")
                .toString(),
            "--headless",
            "--port={port}"),
        Map.of(),
        "/",
        "/v1/responses",
        "Authorization: Bearer bench\r\nx-portkey-provider: openai\r\nx-portkey-custom-host: "
            + provider
            + "\r\n",
        true);
  }
}
