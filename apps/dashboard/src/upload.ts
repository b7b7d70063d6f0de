import { type ProblemBody, ROOT, problemOf, unreachable } from './http.js';
import { session } from './session.js';
import type { EvidenceRef } from './work-types.js';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Keeps a file with the ledger; it belongs to no record yet. `fetch` cannot tell how much has been sent. */
export const uploadEvidence = (file: File, onProgress: (percent: number) => void): Promise<EvidenceRef> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${ROOT}/evidence`);
    request.setRequestHeader('authorization', `Bearer ${session.get()?.token ?? ''}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('file-name', encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : Math.floor((loaded * 100) / total));
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as EvidenceRef);
      else reject(problemOf(request.status, body as ProblemBody));
    };
    request.onerror = () => reject(unreachable());
    request.send(file);
  });
