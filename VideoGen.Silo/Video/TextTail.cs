using System.Text;
using CliWrap;

namespace VideoGen.Silo.Video;

/// <summary>Keeps only the end of a process's output, because a hostile file can decide how much there is.</summary>
internal sealed class TextTail(int limit)
{
    private readonly byte[] _bytes = new byte[2 * limit];
    private int _count;

    public PipeTarget Target => PipeTarget.Create(ReadAsync);

    public override string ToString() => Encoding.UTF8.GetString(_bytes, Math.Max(0, _count - limit), Math.Min(limit, _count));

    private async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(_bytes.AsMemory(_count), cancellationToken) is var read and > 0)
        {
            _count += read;
            if (_count == _bytes.Length)
            {
                _bytes.AsSpan(_count - limit).CopyTo(_bytes);
                _count = limit;
            }
        }
    }
}
