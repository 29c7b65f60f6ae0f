using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>Keeps a log within its limits, whatever happens and however often.</summary>
internal static class LogKeeping
{
    /// <summary>Lines at the start that are never dropped: how it began is worth more than the hundredth retry.</summary>
    private const int Start = 20;

    /// <summary>The reason for a wait can change with every poll; after this many notes there is nothing new to learn.</summary>
    private const int MaxNotesPerVersion = 10;

    /// <summary>
    /// Adds a line. If there is no room, the oldest note after the start is dropped, or else the oldest line there.
    /// </summary>
    public static GenerationLog Add(this GenerationLog log, LogLine line)
    {
        var lines = log.Lines;
        if (lines.Length < GenerationLog.MaxLines)
        {
            return log with { Lines = lines.Add(line) };
        }

        var oldestNote = Enumerable.Range(Start, lines.Length - Start).FirstOrDefault(index => lines[index].IsNote, Start);
        return new GenerationLog { Lines = lines.RemoveAt(oldestNote).Add(line), IsTruncated = true };
    }

    /// <summary>Adds a note unless the same note was already added since the last version.</summary>
    public static GenerationLog AddNote(this GenerationLog log, LogLine note)
    {
        var notes = log.Lines.Reverse().TakeWhile(line => line.IsNote).ToList();
        return notes.Count == MaxNotesPerVersion || notes.Any(old => (old.Kind, old.Detail) == (note.Kind, note.Detail))
            ? log
            : log.Add(note);
    }
}
