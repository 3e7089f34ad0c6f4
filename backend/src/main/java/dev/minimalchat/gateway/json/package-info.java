/// JSON request bodies, of whose texts only one copy is in memory.
@NullMarked
package dev.minimalchat.gateway.json;

import org.jspecify.annotations.NullMarked;
