using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Generations.Ledger;

/// <summary>Keeps a log small: whatever happens, and however often, it stays within its bounds.</summary>
internal static class LogKeeping
{
    /// <summary>Lines at the start that never go: how it began is worth more than the hundredth retry.</summary>
    private const int Start = 20;

    /// <summary>A wait can change its reason with every poll; after so many notes nothing new is learnt.</summary>
    private const int MaxNotesPerVersion = 10;

    /// <summary>Adds a line; when there is no room, the oldest note behind the start goes, or else the oldest line there.</summary>
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

    /// <summary>Adds a note unless the same was noted since the last version already.</summary>
    public static GenerationLog AddNote(this GenerationLog log, LogLine note)
    {
        var notes = log.Lines.Reverse().TakeWhile(line => line.IsNote).ToList();
        return notes.Count == MaxNotesPerVersion || notes.Any(old => (old.Kind, old.Detail) == (note.Kind, note.Detail))
            ? log
            : log.Add(note);
    }
}
