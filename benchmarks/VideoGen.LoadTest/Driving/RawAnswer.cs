using System.Text;

namespace VideoGen.LoadTest.Driving;

/// <summary>An answer as it came over the wire; it is overwritten by the next one on its connection.</summary>
internal readonly record struct RawAnswer(int Status, ReadOnlyMemory<byte> Bytes)
{
    public bool IsSuccess => Status is >= 200 and < 300 or 304;

    /// <summary>The path of the film in the body; null when there is none.</summary>
    public string? Film()
    {
        var start = Bytes.Span.IndexOf("\"videoUrl\":\""u8) + 12;
        return start < 12 ? null : Encoding.ASCII.GetString(Bytes.Span[start..(start + Bytes.Span[start..].IndexOf((byte)'"'))]);
    }

    /// <summary>The id of the generation in the body.</summary>
    public string GenerationId()
    {
        var start = Bytes.Span.IndexOf("\"id\":\""u8) + 6;
        return Encoding.ASCII.GetString(Bytes.Span.Slice(start, Guid.Empty.ToString().Length));
    }
}
