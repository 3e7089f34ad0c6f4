/// What a request cost and how it ended: one line each.
@NullMarked
package dev.minimalchat.gateway.usage;

import org.jspecify.annotations.NullMarked;
