package dev.minimalchat.gateway.limits;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.ratelimiter.RateLimiter;

/// What one client has used up of its share.
record Client(RateLimiter requests, Bulkhead streams) {}
