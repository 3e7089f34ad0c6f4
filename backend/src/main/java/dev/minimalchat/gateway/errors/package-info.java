/// What can go wrong, as a caller sees it: one code, one status, one sentence.
@NullMarked
package dev.minimalchat.gateway.errors;

import org.jspecify.annotations.NullMarked;
