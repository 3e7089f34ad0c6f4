import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Lets the gateway live through a busy minute, so that the JDK can write down what it has loaded,
/// linked and found to be hot: `java Train.java FOLDER`. The folder is what `assemble` makes, and has
/// `gateway.aot` then.
final int CHATS = 3000;

final int AT_A_TIME = 10;
final int WORDS = 30;
final String TOKEN = "training";
final HttpClient CLIENT = HttpClient.newHttpClient();

void main(String[] arguments) throws Exception {
  Path folder = Path.of(arguments[0]);
  HttpServer provider = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
  provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  provider.createContext("/v1/responses", this::answer);
  provider.start();
  String base = "http://127.0.0.1:" + provider.getAddress().getPort();
  int port = freePort();
  Process gateway = start(folder, base, port);
  try {
    work(URI.create("http://127.0.0.1:" + port), gateway);
  } finally {
    gateway.destroy();
  }
  int status = gateway.waitFor();
  provider.stop(0);
  if (status != 0 || !Files.exists(folder.resolve("gateway.aot"))) {
    throw new IllegalStateException("no gateway.aot: the gateway ended with " + status);
  }
  System.exit(0);
}

Process start(Path folder, String base, int port) throws IOException {
  List<String> options =
      Files.readString(folder.resolve("gateway.options"))
          .replace("-XX:AOTCache=", "-XX:AOTCacheOutput=")
          .lines()
          .flatMap(line -> Stream.of(line.split(" ")))
          .toList();
  List<String> command = new ArrayList<>(List.of(folder.resolve("java/bin/java").toString()));
  command.addAll(options);
  ProcessBuilder gateway = new ProcessBuilder(command);
  gateway
      .environment()
      .putAll(
          Map.of(
              "PORT", String.valueOf(port),
              "MANAGEMENT_PORT", String.valueOf(freePort()),
              "OPENAI_API_KEY", TOKEN,
              "OPENAI_API_BASE", base + "/v1",
              "GATEWAY_TOKEN", TOKEN,
              "ALLOWED_ORIGINS", "https://page.example",
              "RATE_LIMIT_PER_MINUTE", "1000000",
              "MAX_STREAMS_PER_CLIENT", "1000"));
  return gateway
      .directory(folder.toFile())
      .redirectOutput(Redirect.DISCARD)
      .redirectError(Redirect.INHERIT)
      .start();
}

void work(URI gateway, Process process) throws Exception {
  while (!healthy(gateway)) {
    if (!process.isAlive()) {
      throw new IllegalStateException("the gateway does not start");
    }
    Thread.sleep(100);
  }
  visit(gateway);
  Semaphore free = new Semaphore(AT_A_TIME);
  try (var chats = Executors.newVirtualThreadPerTaskExecutor()) {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < CHATS; i++) {
      free.acquire();
      all.add(
          chats.submit(
              () -> {
                chat(gateway);
                free.release();
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
  }
}

boolean healthy(URI gateway) throws InterruptedException {
  try {
    return get(gateway.resolve("/health")).statusCode() == 200;
  } catch (IOException e) {
    return false;
  }
}

/// What a browser asks for before the first question, and what it is refused.
void visit(URI gateway) throws Exception {
  for (String path : List.of("/", "/config.json", "/none")) {
    get(gateway.resolve(path));
  }
  CLIENT.send(
      HttpRequest.newBuilder(gateway.resolve("/v1/chat"))
          .method("OPTIONS", BodyPublishers.noBody())
          .header("Origin", "https://page.example")
          .header("Access-Control-Request-Method", "POST")
          .build(),
      BodyHandlers.discarding());
  CLIENT.send(question(gateway, "wrong"), BodyHandlers.discarding());
}

void chat(URI gateway) throws Exception {
  HttpResponse<String> answer = CLIENT.send(question(gateway, TOKEN), BodyHandlers.ofString());
  if (!answer.body().contains("response.completed")) {
    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
  }
}

HttpRequest question(URI gateway, String token) {
  return HttpRequest.newBuilder(gateway.resolve("/v1/chat"))
      .header("Authorization", "Bearer " + token)
      .header("Content-Type", "application/json")
      .header("Origin", "https://page.example")
      .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
      .build();
}

HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
  return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
}

void answer(HttpExchange exchange) throws IOException {
  exchange.getRequestBody().readAllBytes();
  exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
  exchange.sendResponseHeaders(200, 0);
  try (OutputStream out = exchange.getResponseBody()) {
    say(out, "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\"}}");
    for (int i = 0; i < WORDS; i++) {
      say(out, "{\"type\":\"response.output_text.delta\",\"delta\":\"word " + i + "\"}");
    }
    say(
        out,
        "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"usage\":"
            + "{\"input_tokens\":1,\"output_tokens\":30,\"total_tokens\":31}}}");
  }
}

void say(OutputStream out, String json) throws IOException {
  out.write(("data: " + json + "\n\n").getBytes());
  out.flush();
}

int freePort() throws IOException {
  try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
    return socket.getLocalPort();
  }
}

InetAddress loopback() {
  return InetAddress.getLoopbackAddress();
}
