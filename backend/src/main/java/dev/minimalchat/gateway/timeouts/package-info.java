/// Idle timers and deadlines, all on one scheduler thread.
@NullMarked
package dev.minimalchat.gateway.timeouts;

import org.jspecify.annotations.NullMarked;
