import java.io.File;
import java.nio.file.Path;

/// Runs the browser tests with the Node.js of the build. Sets their JAVA_HOME to the JDK of this
/// launcher, which Maven's toolchain selected, because the gateway needs a JDK that new.
class BrowserTests {
  public static void main(String[] arguments) throws Exception {
    Path node = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path tests = Path.of(System.getProperty("user.dir"));
    ProcessBuilder builder = new ProcessBuilder(node.toString(), "--test").directory(tests.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", node.getParent().toString(), (path, folder) -> folder + File.pathSeparator + path);
    System.exit(builder.inheritIO().start().waitFor());
  }
}
