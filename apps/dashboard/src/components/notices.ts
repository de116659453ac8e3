import { notifications } from '@mantine/notifications';
import { useSpeech } from '../text/speech.js';
import { errorText } from './load.js';

const errorMs = 12_000;

/** Short notices in the corner, read out by screen readers: something was done, or could not be. */
export function useNotices(): { done: (message: string) => void; failed: (error: unknown) => void } {
  const { text, language } = useSpeech();
  const closeButtonProps = { 'aria-label': text.common.close };
  return {
    done: (message) => notifications.show({ message, color: 'green', closeButtonProps }),
    failed: (error) =>
      notifications.show({
        title: text.detail.actions.failed,
        message: errorText(error, language),
        color: 'red',
        autoClose: errorMs,
        closeButtonProps,
      }),
  };
}
