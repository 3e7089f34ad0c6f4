/// The built-in provider: an HTTP server that speaks the Responses API without a model. It depends
/// on no class of the gateway.
@NullMarked
package dev.minimalchat.demo;

import org.jspecify.annotations.NullMarked;
