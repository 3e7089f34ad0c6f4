package dev.minimalchat.gateway;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/// Validates every setting before the application starts. Each problem is one line that names the
/// environment variable. Values are never printed: one of them can be a secret in the wrong
/// variable. The properties records that were validated are the beans: binding them again would
/// cost a tenth of the start.
final class StartupCheck {
  static final String VALIDATOR = "validator";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          Duration.class, "a duration, such as 30s or 5m",
          Instant.class, "an instant, such as 2030-01-31T12:00:00Z",
          DataSize.class, "a size, such as 1MB",
          URI.class, "an address, such as https://api.example.com/v1",
          boolean.class, "true or false",
          Boolean.class, "true or false");

  private static final int MAX_PORT = 65_535;

  /// Spring would take it for milliseconds. 0 needs no unit.
  private static final Pattern WITHOUT_UNIT = Pattern.compile("[+-]?0*[1-9]\\d*");

  /// As `docker run --env-file` leaves them.
  private static final Pattern IN_QUOTES = Pattern.compile("\".*\"|'.*'", Pattern.DOTALL);

  /// Free text, which can begin and end with a quotation.
  private static final Pattern TEXTS =
      Pattern.compile("minimalchat\\.(brand\\..*|upstream\\.system-prompt)");

  private final ConfigurableEnvironment environment;
  private final Binder binder;
  private final Validator validator;
  private final List<String> problems = new ArrayList<>();

  /// The variables whose values are in quotes. Nothing else is said about them.
  private final Set<String> quoted = new TreeSet<>();

  private final Map<String, Object> records = new HashMap<>();

  private StartupCheck(ConfigurableEnvironment environment, Validator validator) {
    this.environment = environment;
    this.binder = Binder.get(environment);
    this.validator = validator;
  }

  /// Registers the properties records that the factory has definitions of, and the validator.
  ///
  /// @throws InvalidSettingsException if any setting is missing or malformed
  static void check(
      ConfigurableEnvironment environment, ConfigurableListableBeanFactory beanFactory) {
    List<String> beans =
        Stream.of(beanFactory.getBeanDefinitionNames()).filter(StartupCheck::isRecord).toList();
    LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
    validator.afterPropertiesSet();
    Map<String, Object> records = check(environment, validator, beans);
    if (!Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
      records.forEach(beanFactory::registerSingleton);
      beanFactory.registerSingleton(VALIDATOR, validator);
    }
  }

  /// The records of these bean names, which Spring makes of a prefix and a class:
  /// `minimalchat.limits-dev.minimalchat.gateway.limits.LimitsProperties`.
  ///
  /// @throws InvalidSettingsException if any setting is missing or malformed
  static Map<String, Object> check(
      ConfigurableEnvironment environment, Validator validator, List<String> beans) {
    StartupCheck check = new StartupCheck(environment, validator);
    check.validate(beans);
    return check.records;
  }

  private static boolean isRecord(String bean) {
    return bean.contains("-" + StartupCheck.class.getPackageName() + ".");
  }

  private void validate(List<String> beans) {
    validatePorts();
    beans.forEach(this::bindRecord);
    problems.addAll(new SecretsCheck(environment).problems());
    List<String> lines = lines();
    if (!lines.isEmpty()) {
      throw new InvalidSettingsException(lines);
    }
  }

  private List<String> lines() {
    Stream<String> inQuotes =
        quoted.stream().map(name -> name + " is in quotes, which are part of the value");
    Stream<String> others =
        problems.stream()
            .flatMap(String::lines)
            .filter(line -> !quoted.contains(line.split(" ", 2)[0]));
    // Two features can read the same variable.
    return Stream.concat(inQuotes, others).distinct().toList();
  }

  /// 0 is any free port; without a number, the port is invalid already.
  private void validatePorts() {
    Integer port = bindPort("server.port");
    Integer managementPort = bindPort("management.server.port");
    if (port != null && port > 0 && port.equals(managementPort)) {
      problems.add("PORT is the same as MANAGEMENT_PORT, which must not be public");
    }
  }

  private @Nullable Integer bindPort(String property) {
    Integer port = bind(property, Bindable.of(Integer.class));
    if (port != null && (port < 0 || port > MAX_PORT)) {
      problems.add(variable(ConfigurationPropertyName.of(property)) + " is not a port");
    }
    return port;
  }

  private void bindRecord(String bean) {
    int end = bean.lastIndexOf('-');
    Class<?> record = ClassUtils.resolveClassName(bean.substring(end + 1), null);
    Object value = bind(bean.substring(0, end), Bindable.of(record));
    if (value != null) {
      records.put(bean, value);
    }
  }

  /// The bound value; null if it is missing or invalid.
  private <T> @Nullable T bind(String prefix, Bindable<T> target) {
    try {
      return binder.bind(prefix, target, handler(target)).orElse(null);
    } catch (RuntimeException e) {
      addProblem(prefix, e);
      return null;
    }
  }

  /// The validator reads all annotations of a class, so it gets only those that ask for it.
  private BindHandler handler(Bindable<?> target) {
    BindHandler collector = new ProblemCollector();
    return target.getType().resolve(Object.class).isAnnotationPresent(Validated.class)
        ? new ValidationBindHandler(collector, validator)
        : collector;
  }

  private void addProblem(String prefix, RuntimeException e) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
    if (root instanceof BindValidationException invalid) {
      addProblems(invalid.getValidationErrors());
    } else if (root instanceof IllegalArgumentException && root.getMessage() != null) {
      problems.add(root.getMessage());
    } else if (problems.isEmpty()) {
      problems.add(prefix + " cannot be read: " + root.getClass().getSimpleName());
    }
  }

  private void addProblems(ValidationErrors errors) {
    for (var error : errors) {
      if (error instanceof FieldError field) {
        String property = DataObjectPropertyName.toDashedForm(field.getField());
        String name = variable(errors.getName().append(property));
        if (problems.stream().noneMatch(known -> known.startsWith(name + " "))) {
          problems.add(name + " " + field.getDefaultMessage());
        }
      }
    }
  }

  /// The environment variable of a property, from its placeholder in `application.yml`.
  private String variable(ConfigurationPropertyName property) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      Object raw = source.getProperty(property.toString());
      Matcher variable = VARIABLE.matcher(raw == null ? "" : raw.toString());
      if (variable.find()) {
        return variable.group(1);
      }
    }
    return property.toString();
  }

  /// Collects conversion errors and continues, so that later problems are found too.
  private final class ProblemCollector extends AbstractBindHandler {
    @Override
    public <T> Bindable<T> onStart(
        ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
      if (!TEXTS.matcher(name.toString()).matches() && matches(name, IN_QUOTES)) {
        quoted.add(variable(name));
      }
      return target;
    }

    @Override
    public Object onSuccess(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
      if (result instanceof Duration && matches(name, WITHOUT_UNIT)) {
        addUnreadable(name, Duration.class);
      }
      return result;
    }

    @Override
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
        throws Exception {
      if (error instanceof ConversionException) {
        addUnreadable(name, target.getType().resolve(Object.class));
        return null;
      }
      throw error;
    }

    private void addUnreadable(ConfigurationPropertyName name, Class<?> type) {
      problems.add(variable(name) + " is not " + EXPECTED.getOrDefault(type, "a number"));
    }

    private boolean matches(ConfigurationPropertyName name, Pattern pattern) {
      return pattern.matcher(environment.getProperty(name.toString(), "")).matches();
    }
  }

  /// All problems, one a line.
  static final class InvalidSettingsException extends RuntimeException {
    private InvalidSettingsException(List<String> problems) {
      super(String.join(System.lineSeparator(), problems));
    }
  }
}
