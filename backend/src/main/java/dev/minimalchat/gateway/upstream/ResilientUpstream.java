package dev.minimalchat.gateway.upstream;

import org.springframework.scheduling.TaskScheduler;

/// Keeps a provider to its time.
final class ResilientUpstream implements Upstream {
  private final Upstream delegate;
  private final UpstreamProperties properties;
  private final TaskScheduler scheduler;

  ResilientUpstream(Upstream delegate, UpstreamProperties properties, TaskScheduler scheduler) {
    this.delegate = delegate;
    this.properties = properties;
    this.scheduler = scheduler;
  }

  @Override
  public UpstreamStream ask(Prompt prompt) {
    return new TimedStream(delegate.ask(prompt), properties, scheduler);
  }
}
