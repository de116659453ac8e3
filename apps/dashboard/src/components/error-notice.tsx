import { Alert, List, Text } from '@mantine/core';
import { ApiError } from '../api/client.js';
import { useSpeech } from '../text/speech.js';
import { errorText } from './load.js';

/** An error of the API beside the button that met it, with the message of each field. */
export function ErrorNotice({ error, title }: { error: unknown; title: string }) {
  const { language } = useSpeech();
  const whole = errorText(error, language);
  const fields =
    error instanceof ApiError ? error.view.fields.filter(({ message }) => message[language] !== whole) : [];
  return (
    <Alert color="red" variant="outline" title={title} role="alert">
      <Text size="sm">{whole}</Text>
      {fields.length > 0 && (
        <List size="sm" mt={4}>
          {fields.map(({ field, message }) => (
            <List.Item key={`${field} ${message.en}`}>{message[language]}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
