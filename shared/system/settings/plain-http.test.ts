import { describe, expect, it } from 'vitest';
import { isPlainCall } from './plain-http.js';

describe('a call without TLS', () => {
  it.each([
    'http://127.0.0.1:4000/graphql',
    'http://127.8.9.10/',
    'http://localhost:4000/',
    'http://hub.localhost/',
    'http://[::1]:4000/',
    'https://hub.example.org/',
  ])('is no call to another machine: %s', (url) => expect(isPlainCall(url)).toBe(false));

  it.each([
    'http://hub.example.org/graphql',
    'http://10.0.0.7:4111/graphql',
    'http://dk:4111/graphql',
    'http://127.0.0.1.example.org/',
    'http://[::2]/',
  ])('may be read on its way: %s', (url) => expect(isPlainCall(url)).toBe(true));
});
