import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchResponse } from './client-signal.js';

function createResponse({ destroyed = false } = {}) {
  return Object.assign(new EventEmitter(), { destroyed, writableFinished: false });
}

describe('watchResponse', () => {
  it('fires for all listeners when the connection closes before the response was sent', () => {
    const response = createResponse();
    const signal = watchResponse(response as never);
    const told: string[] = [];
    const leave = () => told.push('left');
    signal.addEventListener('abort', () => told.push('one'));
    signal.addEventListener('abort', leave);
    signal.addEventListener('abort', () => told.push('two'));
    signal.removeEventListener('abort', leave);
    expect(signal.aborted).toBe(false);
    response.emit('close');
    expect(signal.aborted).toBe(true);
    expect(told).toEqual(['one', 'two']);
  });

  it('does not fire after the response was sent', () => {
    const response = createResponse();
    const signal = watchResponse(response as never);
    signal.addEventListener('abort', () => expect.unreachable());
    response.writableFinished = true;
    response.emit('close');
    expect(signal.aborted).toBe(false);
  });

  it('has fired if the client disconnected before anybody listened', () => {
    expect(watchResponse(createResponse({ destroyed: true }) as never).aborted).toBe(true);
  });
});
