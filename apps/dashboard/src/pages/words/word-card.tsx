import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import type { UnmappedWordView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { useMapWord } from '../../api/words.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { Tag } from '../../components/tag.js';
import { useSpeech } from '../../text/speech.js';

/** One word: where it comes from, how many orders wait for it, and the choice of what it means. */
export function WordCard({ word, operator }: { word: UnmappedWordView; operator: boolean }) {
  const { text } = useSpeech();
  const { wordsPage } = text;
  return (
    <Paper withBorder p="md" component="article">
      <div className="section-head">
        <Title order={2} size="h5" className="breakable">
          {text.common.quoted(word.raw)}
        </Title>
        <Tag tone={word.orders > 0 ? 'attention' : 'ended'}>{wordsPage.orders(word.orders)}</Tag>
      </div>
      <Stack gap="xs">
        <Text size="sm">
          {word.shopName} ・ {wordsPage.axes[word.axis]}
        </Text>
        <Text size="sm" c="dimmed">
          {wordsPage.waiting}
          {text.common.colon}
          {wordsPage.orders(word.orders)} ・ {wordsPage.firstSeen}
          {text.common.colon}
          <Moment at={word.firstSeenAt} exact />
        </Text>
        {operator && <MeaningForm word={word} />}
        {word.orders > 0 && (
          <Anchor component={Link} size="sm" to={`/?shopId=${encodeURIComponent(word.shopId)}&state=blocked`}>
            {wordsPage.showOrders}
            <VisuallyHidden> {word.raw}</VisuallyHidden>
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

function MeaningForm({ word }: { word: UnmappedWordView }) {
  const { text, language } = useSpeech();
  const { wordsPage } = text;
  const notices = useNotices();
  const map = useMapWord(word.shopId);
  const [value, setValue] = useState('');
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (value === '') return;
    map.mutate(
      { axis: word.axis, raw: word.raw, value },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(wordsPage.applied(answer.resolved));
        },
      },
    );
  };
  return (
    <form onSubmit={apply}>
      <Stack gap="xs">
        <NativeSelect
          label={wordsPage.meaningOf(word.raw)}
          description={wordsPage.axisHelp[word.axis]}
          value={value}
          data={[
            { value: '', label: wordsPage.choose },
            ...word.choices.map((choice) => ({ value: choice.value, label: choice.label[language] })),
          ]}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        {map.isError && <ErrorNotice error={map.error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" size="compact-sm" disabled={value === ''} loading={map.isPending}>
            {wordsPage.apply}
            <VisuallyHidden> {word.raw}</VisuallyHidden>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
