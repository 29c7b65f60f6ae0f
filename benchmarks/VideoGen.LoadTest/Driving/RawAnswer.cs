using System.Text;

namespace VideoGen.LoadTest.Driving;

/// <summary>An answer as it came over the wire; it is overwritten by the next one on its connection.</summary>
internal readonly record struct RawAnswer(int Status, ReadOnlyMemory<byte> Bytes)
{
    public bool IsSuccess => Status is >= 200 and < 300 or 304;

    /// <summary>The id of the generation in the body.</summary>
    public string GenerationId()
    {
        var start = Bytes.Span.IndexOf("\"id\":\""u8) + 6;
        return Encoding.ASCII.GetString(Bytes.Span.Slice(start, Guid.Empty.ToString().Length));
    }
}
