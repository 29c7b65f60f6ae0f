using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace VideoGen.Grains.Retention;

/// <summary>
/// A Bloom filter of names: it never forgets a name, uses the same memory for a thousand and for ten million, and sometimes
/// reports a name that was not added. Each filter errs on different names, so a file that one round keeps by mistake is removed
/// by the next.
/// </summary>
internal sealed class BloomFilter
{
    private const int Words = 1 << 20;    // 64 bits each: 8 MB, one error in 400 at 10 million names

    private readonly ulong[] _bits = new ulong[Words];
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);

    public void Add(string name)
    {
        Span<uint> positions = stackalloc uint[Hashes];
        Hash(name, positions);
        foreach (var position in positions)
        {
            _bits[position >> 6] |= 1UL << (int)(position & 63);
        }
    }

    public bool MayHold(string name)
    {
        Span<uint> positions = stackalloc uint[Hashes];
        Hash(name, positions);
        foreach (var position in positions)
        {
            if ((_bits[position >> 6] & 1UL << (int)(position & 63)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private const int Hashes = 5;

    /// <summary>One SHA-256 provides all the independent positions that are needed.</summary>
    private void Hash(string name, Span<uint> positions)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. _salt, .. Encoding.UTF8.GetBytes(name)], hash);
        for (var index = 0; index < positions.Length; index++)
        {
            positions[index] = BinaryPrimitives.ReadUInt32LittleEndian(hash[(index * 4)..]) % (Words * 64);
        }
    }
}
