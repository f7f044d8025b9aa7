package io.github.tornadoctc.spark;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Writes results to a Parquet file by parquet-java, in the columns and with the compression that Spark has. */
final class PlainOutput implements AutoCloseable {
    private final MessageType schema;
    private final ParquetWriter<Group> writer;

    PlainOutput(Path file, StructType columns) throws IOException {
        this.schema = new SparkToParquetSchemaConverter(new SQLConf()).convert(columns);
        this.writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.fromConf(new SQLConf().parquetCompressionCodec()))
                .build();
    }

    void write(Row row) throws IOException {
        writer.write(group(schema, row));
    }

    private static Group group(GroupType type, Row row) {
        Group group = new SimpleGroup(type);
        for (int i = 0; i < row.length(); i++) {
            add(group, type, i, row.get(i));
        }
        return group;
    }

    private static void add(Group group, GroupType type, int field, Object value) {
        switch (value) {
            case null -> {}
            case Long number -> group.add(field, number);
            case Integer number -> group.add(field, number);
            case Double number -> group.add(field, number);
            case String text -> group.add(field, text);
            case Object[] elements -> addList(group, type, field, List.of(elements));
            case Seq<?> elements -> addList(group, type, field, CollectionConverters.asJava(elements));
            default -> throw new IllegalArgumentException(String.valueOf(value.getClass()));
        }
    }

    private static void addList(Group group, GroupType type, int field, List<?> elements) {
        Group list = group.addGroup(field);
        GroupType element = type.getType(field)
                .asGroupType()
                .getType(0)
                .asGroupType()
                .getType(0)
                .asGroupType();
        for (Object each : elements) {
            list.addGroup(0).add(0, group(element, (Row) each));
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
