package dev.minimalchat.gateway.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The target of the container's error dispatch, for requests that fail outside every controller.
/// [ErrorHandler] renders the failure.
@RestController
class FallbackErrorController implements ErrorController {

  @RequestMapping("/error")
  void fail(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ErrorCode code = status instanceof Integer known ? ErrorCode.of(known) : ErrorCode.NOT_FOUND;
    throw new Failure(code, "failed outside the controllers");
  }
}
