/// One log line an answer, metrics, traces and the daily token budget.
@NullMarked
package dev.minimalchat.gateway.usage;

import org.jspecify.annotations.NullMarked;
