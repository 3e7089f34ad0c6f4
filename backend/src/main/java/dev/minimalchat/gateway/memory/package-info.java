/// The memory that requests may occupy.
@NullMarked
package dev.minimalchat.gateway.memory;

import org.jspecify.annotations.NullMarked;
