import dev.minimalchat.demo.DemoProvider;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Runs the gateway under load, so that the JDK records the classes and methods that it uses:
/// `java -cp demo-provider.jar Train.java FOLDER`. It writes `gateway.aot` into the folder that
/// `assemble` makes.
final int CHATS = 3000;

final int CONCURRENT_CHATS = 10;
final String TOKEN = "training";
final String KEY = "training-key";
final HttpClient CLIENT = HttpClient.newHttpClient();

void main(String[] arguments) throws Exception {
  Path folder = Path.of(arguments[0]);
  int status;
  try (DemoProvider provider = new DemoProvider(0, KEY, _ -> {})) {
    int port = freePort();
    Process gateway = start(folder, provider.baseUrl(), port);
    try {
      load(URI.create("http://127.0.0.1:" + port), gateway);
    } finally {
      gateway.destroy();
    }
    status = gateway.waitFor();
  }
  if (status != 0 || !Files.exists(folder.resolve("gateway.aot"))) {
    throw new IllegalStateException("no gateway.aot: the gateway exited with " + status);
  }
  System.exit(0);
}

Process start(Path folder, URI providerUrl, int port) throws IOException {
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
              "OPENAI_API_KEY", KEY,
              "OPENAI_API_BASE", providerUrl.toString(),
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

void load(URI gateway, Process process) throws Exception {
  while (!healthy(gateway)) {
    if (!process.isAlive()) {
      throw new IllegalStateException("the gateway did not start");
    }
    Thread.sleep(100);
  }
  requestPage(gateway);
  Semaphore free = new Semaphore(CONCURRENT_CHATS);
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

/// Sends the requests of a browser before the first question, and a request with a wrong token.
void requestPage(URI gateway) throws Exception {
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
  CLIENT.send(chatRequest(gateway, "wrong"), BodyHandlers.discarding());
}

void chat(URI gateway) throws Exception {
  HttpResponse<String> answer = CLIENT.send(chatRequest(gateway, TOKEN), BodyHandlers.ofString());
  if (!answer.body().contains("response.completed")) {
    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
  }
}

HttpRequest chatRequest(URI gateway, String token) {
  return HttpRequest.newBuilder(gateway.resolve("/v1/chat"))
      .header("Authorization", "Bearer " + token)
      .header("Content-Type", "application/json")
      .header("Origin", "https://page.example")
      .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"Write a haiku\"}]}"))
      .build();
}

HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
  return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
}

int freePort() throws IOException {
  try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
    return socket.getLocalPort();
  }
}

InetAddress loopback() {
  return InetAddress.getLoopbackAddress();
}
