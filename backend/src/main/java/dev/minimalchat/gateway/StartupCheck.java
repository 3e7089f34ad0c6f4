package dev.minimalchat.gateway;

import dev.minimalchat.gateway.access.NamedSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /// The variables that hold one secret, and their properties.
  private static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.of(
              "GATEWAY_TOKEN", "minimalchat.access.token",
              "GATEWAY_TOKEN_PREVIOUS", "minimalchat.access.token-previous",
              "OPENAI_API_KEY", "minimalchat.upstream.api-key",
              "FALLBACK_API_KEY", "minimalchat.fallback.api-key"));

  /// As long as a random token of 120 bits in base64.
  private static final int MIN_TOKEN_CHARS = 20;

  private static final int MAX_PORT = 65_535;

  private final ConfigurableEnvironment environment;
  private final Binder binder;
  private final Validator validator;
  private final List<String> problems = new ArrayList<>();
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
    validateSecrets();
    validateApiTokens();
    validateAccessCodes();
    if (!problems.isEmpty()) {
      // Two features can read the same variable.
      throw new InvalidSettingsException(problems.stream().distinct().toList());
    }
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

  private void validateSecrets() {
    validateSecret("OPENAI_API_KEY", "minimalchat.upstream.api-key");
    validateSecret("FALLBACK_API_KEY", "minimalchat.fallback.api-key");
  }

  private void validateSecret(String variable, String property) {
    String key = environment.getProperty(property, "");
    if (!key.isEmpty() && key.equals(environment.getProperty("minimalchat.access.token"))) {
      problems.add("GATEWAY_TOKEN is the same as " + variable + ", but every visitor receives it");
    }
  }

  /// An API token is secret, the page's token is not.
  private void validateApiTokens() {
    boolean isDemo = environment.getProperty("minimalchat.upstream.api-key", "").equals("demo");
    List<NamedSecret> tokens = secrets("minimalchat.api.tokens");
    if (!isDemo && tokens.stream().anyMatch(token -> token.isShorterThan(MIN_TOKEN_CHARS))) {
      problems.add("API_TOKENS has a token of fewer than " + MIN_TOKEN_CHARS + " characters");
    }
    rejectOtherSecrets("API_TOKENS has the same token as ", tokens);
  }

  /// An access code would be public as the page's token, and open other routes as a program's.
  private void validateAccessCodes() {
    List<NamedSecret> codes = secrets("minimalchat.access-code.codes");
    rejectOtherSecrets("ACCESS_CODE has the same code as ", codes);
    List<String> tokens =
        secrets("minimalchat.api.tokens").stream().map(NamedSecret::secret).toList();
    if (codes.stream().anyMatch(code -> tokens.contains(code.secret()))) {
      problems.add("ACCESS_CODE has the same code as API_TOKENS");
    }
  }

  private List<NamedSecret> secrets(String property) {
    return NamedSecret.parseAll(environment.getProperty(property, ""));
  }

  private void rejectOtherSecrets(String problem, List<NamedSecret> secrets) {
    SECRETS.forEach((variable, property) -> {
      String other = environment.getProperty(property, "");
      if (secrets.stream().anyMatch(each -> each.secret().equals(other))) {
        problems.add(problem + variable);
      }
    });
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
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
        throws Exception {
      if (error instanceof ConversionException) {
        Class<?> type = target.getType().resolve(Object.class);
        problems.add(variable(name) + " is not " + EXPECTED.getOrDefault(type, "a number"));
        return null;
      }
      throw error;
    }
  }

  /// All problems, one a line.
  static final class InvalidSettingsException extends RuntimeException {
    private InvalidSettingsException(List<String> problems) {
      super(String.join(System.lineSeparator(), problems));
    }
  }
}
