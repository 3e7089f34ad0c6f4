package dev.minimalchat.gateway.limits;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.ratelimiter.RateLimiter;

/// The limiters of one client.
record ClientLimits(RateLimiter requests, Bulkhead streams) {}
