using Mono.Cecil;

namespace VideoGen.Api.Tests;

/// <summary>
/// Which folder of a project uses which, read from its assembly; a folder is a namespace. Left out are the folders of the grain
/// interfaces whose full names are on the wire, so that they cannot live beside their grains.
/// </summary>
internal sealed class FolderGraph(IReadOnlyCollection<(string From, string To, string By)> uses)
{
    private static readonly string[] WireNames = ["VideoGen.Grains.Contracts", "VideoGen.Silo.Inference.LocalRenders"];

    /// <summary>The graph of a project beside the tests.</summary>
    public static FolderGraph Of(string project)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, project + ".dll"));
        return new([.. assembly.MainModule.GetTypes()
            .Where(type => type.DeclaringType is null)
            .SelectMany(type =>
                Used(type).Select(other => (From: type.Namespace, To: FolderOf(other), By: $"{type.Name} uses {other.Name}")))
            .Where(use => use.From != use.To && IsOurs(use.From) && IsOurs(use.To))]);

        bool IsOurs(string folder) =>
            folder.StartsWith(project + ".", StringComparison.Ordinal) && !WireNames.Contains(folder);
    }

    /// <summary>Every use that lies on a cycle.</summary>
    public IEnumerable<string> Cycles() => uses
        .Where(use => Reaches(use.To, use.From))
        .Select(use => $"{use.From} -> {use.To}: {use.By}")
        .Distinct();

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var folder))
        {
            foreach (var next in uses.Where(use => use.From == folder).Select(use => use.To).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        return seen.Contains(to);
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type) => type.NestedTypes.SelectMany(Used)
        .Concat(type.Interfaces.Select(one => one.InterfaceType))
        .Concat(type.Fields.Select(field => field.FieldType))
        .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
        .Concat(type.Methods.SelectMany(Used))
        .Append(type.BaseType)
        .OfType<TypeReference>()
        .SelectMany(Parts);

    private static IEnumerable<TypeReference> Used(MethodDefinition method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
        .Append(method.ReturnType)
        .Concat(method.CustomAttributes.Select(attribute => attribute.AttributeType))
        .Concat(method.Body?.Variables.Select(variable => variable.VariableType) ?? [])
        .Concat(method.Body?.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            GenericInstanceMethod call => call.GenericArguments.Append(call.DeclaringType),
            MethodReference call => [call.DeclaringType],
            FieldReference field => [field.DeclaringType],
            TypeReference named => [named],
            _ => (IEnumerable<TypeReference>)[],
        }) ?? []);

    /// <summary>The type with its arguments, without arrays and references around it.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification around => Parts(around.ElementType),
        _ => [type],
    };

    private static string FolderOf(TypeReference type) => type.DeclaringType is { } outer ? FolderOf(outer) : type.Namespace;
}
