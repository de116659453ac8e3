import './no-eval.js';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import './list.css';
import './detail.css';
import './tables.css';
import './desk.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
