import { Metadata, type StatusObject, status } from '@grpc/grpc-js';

/** What the next call can be made to meet. */
export type ServerRefusal = 'access-denied' | 'no-leader' | 'not-ready' | 'timeout' | 'too-busy' | 'unauthenticated';

export type ServerStatus = Pick<StatusObject, 'code' | 'details'> & Partial<Pick<StatusObject, 'metadata'>>;

/** As a real server words them. Only those with an `exception` trailer become errors of their own in the client. */
export const refusals: Readonly<Record<ServerRefusal, () => ServerStatus>> = {
  'access-denied': () => trailing(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  'no-leader': () => ({ code: status.UNKNOWN, details: 'No leader info available in response' }),
  'not-ready': () => ({ code: status.UNAVAILABLE, details: 'Server Is Not Ready' }),
  timeout: () => ({ code: status.ABORTED, details: 'Operation timed out: commit timeout' }),
  'too-busy': () => ({ code: status.UNAVAILABLE, details: 'Server Is Too Busy' }),
  unauthenticated: () => ({
    code: status.UNAUTHENTICATED,
    details: 'Received HTTP status code 401 from server',
  }),
};

export const notLeader = (leader: { readonly host: string; readonly port: number }): ServerStatus =>
  trailing(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });

export const streamDeleted = (stream: string): ServerStatus =>
  trailing(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (limit: number): ServerStatus =>
  trailing(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const invalidArgument = (details: string): ServerStatus => ({ code: status.INVALID_ARGUMENT, details });

export const connectionBroke: ServerStatus = { code: status.UNAVAILABLE, details: 'the connection broke' };

const trailing = (code: status, details: string, trailers: Readonly<Record<string, string>>): ServerStatus => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
};
