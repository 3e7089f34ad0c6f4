package dev.minimalchat.gateway.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where the container sends a request that failed outside every controller. The failure goes on to
/// the one handler.
@RestController
class FallbackErrorController implements ErrorController {

  @RequestMapping("/error")
  void fail(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ErrorCode code = status instanceof Integer known ? ErrorCode.of(known) : ErrorCode.NOT_FOUND;
    throw new Failure(code, "failed outside the controllers");
  }
}
