package dev.minimalchat.gateway;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/// How many instances of each class are reachable. Other threads of the test process change the
/// size of the heap by megabytes, but not the number of the gateway's own objects.
final class HeapHistogram {
  /// A line of the command's table: rank, instances, bytes, class. Lambdas have no stable names.
  private static final Pattern LINE =
      Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +dev\\.minimalchat\\.gateway\\.(\\S+)");

  private HeapHistogram() {}

  /// The gateway's classes (names without its package) and their reachable instances.
  static Map<String, Long> instances() throws JMException {
    Object table =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {null},
                new String[] {String[].class.getName()});
    return LINE.matcher(table.toString())
        .results()
        .filter(line -> !line.group(2).contains("$$Lambda"))
        .collect(
            Collectors.toMap(
                line -> line.group(2), line -> Long.valueOf(line.group(1)), Long::sum));
  }
}
