import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { queryClient } from './queries.js';
import { session } from './session.js';
import './styles.css';

let username = session.get()?.user.username;

// What one user was shown is never another's to see.
session.subscribe(() => {
  const now = session.get()?.user.username;
  if (now !== username) queryClient.clear();
  username = now;
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
