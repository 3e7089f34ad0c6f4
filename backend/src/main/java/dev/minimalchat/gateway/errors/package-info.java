/// Errors of the contract: one code, one status, one sentence each.
@NullMarked
package dev.minimalchat.gateway.errors;

import org.jspecify.annotations.NullMarked;
