/// `GET /health`, for load balancers and uptime checks.
@NullMarked
package dev.minimalchat.gateway.health;

import org.jspecify.annotations.NullMarked;
