using System.Buffers.Binary;
using System.Text;

namespace VideoGen.SystemTests.Telemetry;

/// <summary>
/// A protobuf message without its schema: fields by number. Enough to read OTLP, of which no package is at hand.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Value)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var length = (key & 7) switch
            {
                0 => VarintLength(bytes),
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var other => throw new InvalidDataException($"Wire type {other}"),
            };
            _fields.Add(((int)(key >> 3), bytes[..length]));
            bytes = bytes[length..];
        }
    }

    public IEnumerable<ProtobufMessage> All(int field) =>
        _fields.Where(entry => entry.Field == field).Select(entry => new ProtobufMessage(entry.Value));

    /// <summary>Through one field after the other.</summary>
    public IEnumerable<ProtobufMessage> All(int field, params int[] further) =>
        further.Length == 0 ? All(field) : All(field).SelectMany(message => message.All(further[0], further[1..]));

    public ReadOnlySpan<byte> Bytes(int field) => _fields.Find(entry => entry.Field == field).Value.Span;

    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public long Fixed64(int field) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(field));

    /// <summary>OTLP's list of attributes (key 1, value 2), of which texts are of interest here.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        All(field).ToDictionary(pair => pair.Text(1), pair => pair.All(2).First().Text(1));

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        var length = VarintLength(bytes);
        for (var index = 0; index < length; index++)
        {
            value |= (ulong)(bytes.Span[index] & 0x7F) << (7 * index);
        }

        bytes = bytes[length..];
        return value;
    }

    private static int VarintLength(ReadOnlyMemory<byte> bytes) => bytes.Span.IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;
}
