import { describe, expect, it } from 'vitest';
import { nameClient, readMessage, readPurpose } from './read-message.js';

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const call = (params: object, method = 'tools/call') =>
  readMessage(bytesOf({ jsonrpc: '2.0', id: 1, method, params }));

describe('readMessage', () => {
  it('reads the purpose of a call, and the name that the client gives itself', () => {
    const clientInfo = { name: 'desk', version: '2' };
    const params = {
      name: 'E',
      arguments: { purpose: ' a report ' },
      _meta: { 'io.modelcontextprotocol/clientInfo': clientInfo },
    };
    expect(call(params)).toMatchObject({ purpose: 'a report', clientName: 'desk@2' });
    expect(call(params, 'tools/list').purpose).toBeUndefined();
  });

  it.each([[{}], [{ arguments: 7 }], [{ arguments: { purpose: 7 } }], [{ _meta: 'x' }]])(
    'leaves out what has another form: %j',
    (params) => {
      expect(call(params)).toMatchObject({ purpose: undefined, clientName: undefined });
    },
  );

  it.each(['', '{', '[]', '"a"', 'null'])('refuses a body that is no message: %s', (body) => {
    expect(() => readMessage(Buffer.from(body))).toThrow('must be');
  });

  it('refuses a body that is not UTF-8', () => {
    expect(() => readMessage(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow('UTF-8');
  });
});

describe('readPurpose', () => {
  it.each([
    '',
    '  ',
    'a\nb',
    'a\u0000b',
    'a\u202eb',
    'a\u2028b',
    'a\u200bb',
    'x'.repeat(257),
    undefined,
    7,
  ])('refuses %j', (given) => {
    expect(readPurpose(given)).toBeUndefined();
  });

  it('takes 256 characters of any language', () => {
    expect(readPurpose('ж'.repeat(256))).toBe('ж'.repeat(256));
  });
});

describe('nameClient', () => {
  it('is what a partner can record: short, and printable ASCII', () => {
    expect(nameClient(undefined)).toBe('mcp');
    expect(nameClient('  ')).toBe('mcp');
    expect(nameClient('Bureau é\n@1')).toBe('mcp (Bureau ??@1)');
    expect(nameClient('x'.repeat(500))).toBe(`mcp (${'x'.repeat(100)})`);
  });
});
