import { Alert, Button, Group, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useUnknownCodes } from '../../api/operators.js';
import { Moment } from '../../components/moment.js';
import { useText } from '../../text/speech.js';
import { CardForm } from './card-form.js';

/** The codes that came and that nobody has explained, where one can write what they mean; nothing where there are none. */
export function UnknownCodes({ canWrite }: { canWrite: boolean }) {
  const { codes } = useText().operators;
  const unknown = useUnknownCodes().data ?? [];
  const [code, setCode] = useState<string | null>(null);
  return (
    <>
      {unknown.length > 0 && (
        <Alert
          color="orange"
          variant="outline"
          icon={<IconAlertTriangle aria-hidden />}
          title={codes.unknownTitle(unknown.length)}
        >
          {codes.unknownText}
          <List listStyleType="none" mt="xs" spacing={6}>
            {unknown.map((one) => (
              <List.Item key={one.code}>
                <Group gap="sm">
                  <strong className="mono">{one.code}</strong>
                  <Link to={`/transactions/${one.shopId}/${one.transactionId}`}>{one.orderNumber}</Link>
                  <span className="quiet">{codes.firstSeen(one.shopName)}</span>
                  <Moment at={one.firstSeenAt} />
                  {canWrite && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`${codes.write} ${one.code}`}
                      onClick={() => setCode(one.code)}
                    >
                      {codes.write}
                    </Button>
                  )}
                </Group>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {code && <CardForm code={code} saved={null} onClose={() => setCode(null)} />}
    </>
  );
}

/** The same on a page that is about something else: a line with the way to the dictionary. */
export function UnknownCodesNote() {
  const { codes } = useText().operators;
  const count = useUnknownCodes().data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="orange" variant="outline" py="xs" icon={<IconAlertTriangle aria-hidden />}>
      {codes.unknownTitle(count)} <Link to="/codes">{codes.toCodes}</Link>
    </Alert>
  );
}
