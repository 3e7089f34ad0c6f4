/// What several instances of the gateway share through Redis. It exists only if `REDIS_URL` is set.
@NullMarked
package dev.minimalchat.gateway.redis;

import org.jspecify.annotations.NullMarked;
