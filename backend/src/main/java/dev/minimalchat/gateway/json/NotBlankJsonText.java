package dev.minimalchat.gateway.json;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/// Lets `@NotBlank` apply to a [JsonText]. Registered in
/// `META-INF/services/jakarta.validation.ConstraintValidator`.
public final class NotBlankJsonText implements ConstraintValidator<NotBlank, JsonText> {
  @Override
  public boolean isValid(@Nullable JsonText text, ConstraintValidatorContext context) {
    return text != null && !text.isBlank();
  }
}
