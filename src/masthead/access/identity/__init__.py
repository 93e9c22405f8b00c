"""Readers who sign in where their organisation knows them: identity providers of publishers, by SAML 2.0."""
