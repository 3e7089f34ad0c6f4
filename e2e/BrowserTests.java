import java.io.File;
import java.nio.file.Path;

/// Runs the browser tests with the Node of the build, and tells them which JDK the gateway needs:
/// the one this launcher itself runs on, which Maven's toolchain chose.
class BrowserTests {
  public static void main(String[] arguments) throws Exception {
    Path node = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path tests = Path.of(System.getProperty("user.dir"));
    ProcessBuilder run = new ProcessBuilder(node.toString(), "--test").directory(tests.toFile());
    run.environment().put("JAVA_HOME", System.getProperty("java.home"));
    run.environment().merge("PATH", node.getParent().toString(), (path, ours) -> ours + File.pathSeparator + path);
    System.exit(run.inheritIO().start().waitFor());
  }
}
